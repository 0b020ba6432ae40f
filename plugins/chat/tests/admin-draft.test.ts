import { describe, expect, test } from 'vitest';
import { newPartId, toBody, toDraft } from '../admin/editor/draft.ts';
import { tabOfField } from '../admin/editor/tabs.ts';
import { embedSnippets } from '../admin/embed/snippets.ts';
import { identitySnippets, secretName } from '../admin/embed/identity-snippets.ts';
import { placeholderFault } from '../admin/translations/placeholders.ts';
import type { Widget } from '../admin/types.ts';
import { placeholderFault as serverFault } from '../server/placeholders.ts';
import { changeWidgetBody, widgetConfigSchema } from '../server/widget.schema.ts';

const widget = (): Widget => ({
  ...widgetConfigSchema.parse({ externalLinks: [{ label: 'Status', url: 'https://status.example.com' }] }) as unknown as Widget,
  id: 'a'.repeat(26), slug: 'website', key: 'pb_live_x', name: 'Website', brandId: 'b'.repeat(26), version: 3,
  secret: { isSet: false, createdAt: null, previousValidUntil: null }, createdAt: '', updatedAt: '',
});

describe('a draft', () => {
  test('says of an untouched widget what the server keeps, in words that it takes', () => {
    const body = toBody(toDraft(widget(), '#06548c'));
    expect(changeWidgetBody.parse(body)).toMatchObject({ appearance: { color: '', buttonText: null }, externalLinks: [{ id: 'link-0', url: 'https://status.example.com' }] });
  });

  test('keeps the three states of the button\'s text apart', () => {
    const draft = toDraft(widget(), '#06548c');
    draft.appearance.buttonText = 'Help';
    const textOf = (kind: 'default' | 'own' | 'none') => toBody({ ...draft, appearance: { ...draft.appearance, buttonTextKind: kind } }).appearance.buttonText;
    expect([textOf('default'), textOf('own'), textOf('none')]).toEqual([null, 'Help', '']);
  });

  test('leaves empty lines and empty languages behind', () => {
    const draft = toDraft(widget(), '#06548c');
    Object.assign(draft, { allowedOrigins: ['', ' https://a.example '], welcomeMessageByLocale: { de: 'Hallo', ar: ' ' } });
    expect(toBody(draft)).toMatchObject({ allowedOrigins: ['https://a.example'], welcomeMessageByLocale: { de: 'Hallo' } });
  });

  test('ids of parts are what the server takes', () => {
    for (let count = 0; count < 50; count += 1) expect(newPartId()).toMatch(/^[a-z0-9]{8}$/);
  });
});

test('each field has its tab', () => {
  expect(['name', 'conversationButtons.0.name', 'appearance.color', 'allowedOrigins.1', 'texts.de.launcher.text', 'notifications.users.delaySeconds', 'aliases.0'].map(tabOfField))
    .toEqual(['general', 'general', 'appearance', 'security', 'translations', 'notifications', 'embed']);
});

test.each([
  ['a.b', 'Chat with us', 'Chat with {{brand}}'], ['a.b', 'With {{ brand }}', 'Chat with {{brand}}'], ['a.b', 'With {{brand}} {{name}}', 'Chat with {{brand}}'],
  ['a.count_one', 'One message', '{{count}} messages'], ['a.count_few', 'Some messages', '{{count}} messages'], ['a.b', 'At 10:30', 'In :term days'], ['a.b', 'In :term', 'In :term days'],
])('a fault is the same while one types and when it is saved: %s, “%s”', (key, text, english) => {
  // The server sees a text after it was put into its customary form.
  expect(placeholderFault(key, text, english)).toBe(serverFault(key, text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, '{{$1}}'), english));
});

test('snippets carry the names they are for', () => {
  const site = { desk: 'https://desk.example', tenant: 'acme', widget: 'help-centre' };
  for (const { id, code } of embedSnippets(site)) expect(code, id).toMatch(/https:\/\/desk\.example[\s\S]*help-centre|help-centre[\s\S]*https:\/\/desk\.example/);
  expect(secretName('help-centre')).toBe('PLUGBOARD_SECRET_HELP_CENTRE');
  for (const { id, code } of identitySnippets('help-centre')) expect(code, id).toContain('HS256'.slice(0, id === 'go' ? 2 : 5));
});
