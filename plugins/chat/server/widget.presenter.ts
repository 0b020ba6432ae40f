import { configOf } from './widget.store.ts';
import type { SecretState, Widget, WidgetDto } from './widget.schema.ts';

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Of the secret only that it is there. */
export const presentSecret = ({ sealed, createdAt, previous, previousUntil }: SecretState): WidgetDto['secret'] => ({
  isSet: sealed !== null,
  createdAt: time(createdAt),
  previousValidUntil: previous !== null && previousUntil !== null && previousUntil > Date.now() ? time(previousUntil) : null,
});

/** A widget as the admin's API tells it. */
export function presentWidget(widget: Widget): WidgetDto {
  return {
    ...configOf(widget),
    id: widget.id, slug: widget.slug, key: widget.key, name: widget.name, brandId: widget.brandId,
    secret: presentSecret(widget.secret), version: widget.version,
    createdAt: new Date(widget.createdAt).toISOString(), updatedAt: new Date(widget.updatedAt).toISOString(),
  };
}
