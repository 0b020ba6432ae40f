import { Model } from 'objection';

/** Where work lands. */
export class Department extends Model {
  static override tableName = 'departments';
  declare id: number;
  declare uid: string;
  declare name: string;
  declare is_public: number;
  declare position: number;
}
