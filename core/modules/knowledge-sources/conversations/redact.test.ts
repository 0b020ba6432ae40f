import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

describe('what is taken out of conversations', () => {
  it.each([
    // English
    ['Write to ada.lovelace+shop@mail.example.co.uk please', 'Write to [e-mail] please'],
    ['Call me: +1 (415) 555-0132 or 0151 23456789', 'Call me: [phone] or [phone]'],
    ['My card is 4111 1111 1111 1111, thanks', 'My card is [card], thanks'],
    ['IBAN GB82 WEST 1234 5698 7654 32 it is', 'IBAN [account] it is'],
    ['Open https://shop.example/reset?token=abc123&u=5#top now', 'Open https://shop.example/reset now'],
    ['See https://user:pass@shop.example/orders/9f8e7d6c5b4a3210/edit', 'See https://shop.example/orders/[secret]/edit'],
    ['My password is hunter2! and it fails', 'My password is [secret] and it fails'],
    ['the code 482913 did not work', 'the code [secret] did not work'],
    ['API key: sk_live_51HxAbCdEf', 'API key: [secret]'],
    ['order number A-10293 and order #55821', 'order number [number] and order #[number]'],
    ['Serial XJ9K2L44QQ is broken', 'Serial [number] is broken'],
    ['Hi Brian Kernighan,\nit works', 'Hi [name],\nit works'],
    ['It works.\n\nBest regards,\nGrace Hopper', 'It works.\n\nBest regards,\n[name]'],
    ['My name is Grace Hopper and I ask', 'My name is [name] and I ask'],
    // German
    ['Schreiben Sie an frau.müller@beispiel.de', 'Schreiben Sie an [e-mail]'],
    ['Meine Nummer: 030/1234567', 'Meine Nummer: [phone]'],
    ['Kontonummer DE89 3704 0044 0532 0130 00 bitte', 'Kontonummer [account] bitte'],
    ['Mein Passwort lautet: geheim99 und geht nicht', 'Mein Passwort lautet: [secret] und geht nicht'],
    ['Bestellnummer 2024-0042/B fehlt', 'Bestellnummer [number] fehlt'],
    ['Sehr geehrte Frau Dr. Weiß, das Paket fehlt', 'Sehr geehrte Frau Dr. [name], das Paket fehlt'],
    ['Danke.\nMit freundlichen Grüßen\nJürgen Groß', 'Danke.\nMit freundlichen Grüßen\n[name]'],
    // Arabic, with digits of its own
    ['اكتب إلى omar@example.com من فضلك', 'اكتب إلى [e-mail] من فضلك'],
    ['رقم هاتفي ٠٥٠١٢٣٤٥٦٧', 'رقم هاتفي [phone]'],
    ['بطاقتي ٤١١١ ١١١١ ١١١١ ١١١١', 'بطاقتي [card]'],
    ['كلمة المرور هي سري٩٩', 'كلمة المرور هي [secret]'],
    ['رقم الطلب: ٤٤٥٥١', 'رقم الطلب: [number]'],
    ['مرحبا أحمد،\nلا يعمل', 'مرحبا [name]،\nلا يعمل'],
    ['شكرا\nفاطمة الزهراء', 'شكرا\n[name]'],
  ])('%j', (given, expected) => expect(redact(given)).toBe(expected));

  it('takes out names that are known, in whole and in part, in every script', () => {
    expect(redact('Grace, ask GRACE HOPPER; Hopper’s notes. Graceful words stay.', ['Grace Hopper'])).toBe('[name], ask [name]; [name] notes. Graceful words stay.');
    expect(redact('Frau Müller-Lüdenscheidt schrieb Lüdenscheidt', ['Eva Müller-Lüdenscheidt'])).toBe('Frau [name] schrieb [name]');
    expect(redact('قال محمد الفاتح ومحمد أيضا', ['محمد الفاتح'])).toBe('قال [name] و[name] أيضا');
    expect(redact('a.b*c (x) stays', ['(x', 'b*'])).toContain('stays');
  });

  it.each([
    'It costs 19.99 EUR and takes 14 days.', 'Version 2.11 came on 2024-05-17, after 17.05.2024.', 'Open Settings → Security and press Reset.', 'The error 404 means that it is gone.',
    'Hello, how do I reset it?', 'Der Code ist falsch.', 'كيف أعيد تعيين الإعدادات؟', 'See https://docs.example/reset-password for more.',
  ])('leaves alone what tells nothing of anybody: %s', (text) => expect(redact(text)).toBe(text));

  // A pattern that tries every way through one of these would not come to an end.
  it.each(['a@'.repeat(5_000), '1 '.repeat(10_000), 'a1-'.repeat(5_000), 'Hi A '.repeat(3_000), '+('.repeat(8_000), 'x'.repeat(20_000), `order${' '.repeat(20_000)}`, '\n'.repeat(20_000), 'password '.repeat(2_000), 'http://'.repeat(3_000)])('comes to an end with a text that was made not to: %.10s', (text) => {
    expect(redact(text, ['Ada Lovelace'])).toEqual(expect.any(String));
  });
});
