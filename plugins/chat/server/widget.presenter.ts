import { configOf } from './widget.store.ts';
import type { Widget, WidgetDto } from './widget.schema.ts';

/** A widget as the admin's API tells it. */
export function presentWidget(widget: Widget): WidgetDto {
  return {
    ...configOf(widget),
    id: widget.id, slug: widget.slug, key: widget.key, name: widget.name, brandId: widget.brandId,
    createdAt: new Date(widget.createdAt).toISOString(), updatedAt: new Date(widget.updatedAt).toISOString(),
  };
}
