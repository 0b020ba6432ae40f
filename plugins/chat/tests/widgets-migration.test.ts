import { expect, test } from 'vitest';
import { createDatabaseApi } from '../../../core/kernel/plugins/context/database-api.ts';
import { forEachDatabase } from '../../../tests/support/databases.ts';
import { up as first } from '../migrations/0001-widgets.ts';
import { up as second } from '../migrations/0002-widget-details.ts';
import { WidgetStore } from '../server/widget.store.ts';

forEachDatabase('the widgets of an older version', (make) => {
  test('are all there, found and changed as before, however often the step runs', async () => {
    const { db } = await make();
    const own = createDatabaseApi({ id: 'chat', mayDefine: true, check: () => undefined, others: () => [] }, db);
    await first(own);
    const [id, brand] = ['a'.repeat(26), 'b'.repeat(26)];
    await own.run(`INSERT INTO ${own.table('widgets')} (id, slug, public_key, name, brand_id, config, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, 'website', 'pb_live_x', 'Website', brand, '{"botName":"Robin"}', 5, 6]);
    await second(own);
    await second(own);
    const store = new WidgetStore(own);
    const widget = await store.find('pb_live_x');
    expect(widget).toMatchObject({ id, botName: 'Robin', version: 1, textsVersion: 0, secret: { sealed: null, previousUntil: null }, createdAt: 5 });
    if (!widget) return;
    expect(await store.save({ ...widget, aliases: ['old'] })).toMatchObject({ version: 2, aliases: ['old'] });
    expect(await store.save(widget)).toEqual({ isStale: true });
    expect(await store.find('old')).toMatchObject({ id });
    expect(await own.query(`SELECT brand_id FROM ${own.table('first_widgets')}`)).toEqual([{ brand_id: brand }]);
  });
});
