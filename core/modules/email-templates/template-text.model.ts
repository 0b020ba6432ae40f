import { Model } from 'objection';

/** Text of a template in one language. `template` is a kind or the uid of an own template. */
export class TemplateText extends Model {
  static override tableName = 'email_template_texts';
  declare id: number;
  declare template: string;
  /** 0 for every brand. */
  declare brand_id: number;
  declare locale: string;
  declare subject: string;
  declare body: string;
  declare updated_at: number;
}

export const everyBrand = 0;
