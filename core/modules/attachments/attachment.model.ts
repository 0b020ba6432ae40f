import { Model } from 'objection';

/** A stored file: its owner's until a message uses it, the conversation's from then on. */
export class Attachment extends Model {
  static override tableName = 'attachments';
  declare id: number;
  declare uid: string;
  declare message_id: number | null;
  declare conversation_id: number | null;
  declare owner_type: 'contact' | 'operator';
  declare owner_id: number;
  declare name: string;
  declare type: string;
  declare size: number;
  declare file_key: string;
  declare is_image: number;
  declare width: number | null;
  declare height: number | null;
  declare created_at: number;
}
