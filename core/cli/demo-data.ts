import type { Priority, Status } from '../shared/conversations.ts';

/** Minutes ago, who, and what. `note` is internal. */
export type DemoLine = readonly [minutesAgo: number, who: 'contact' | 'note' | DemoOperatorKey, text: string];
export type DemoOperatorKey = keyof typeof demoOperators;
export type DemoBrandKey = keyof typeof demoBrands;

export interface DemoConversation {
  brand: DemoBrandKey;
  contact: { name: string; email: string | null; locale: string };
  department: string;
  subject?: string;
  priority?: Priority;
  status?: Status;
  assignee?: DemoOperatorKey;
  tags?: readonly string[];
  isTicket?: boolean;
  lines: readonly DemoLine[];
}

export const demoPassword = 'plugboard demo';

export const demoBrands = {
  fjord: { name: 'Fjord & Field', slug: 'fjord', locale: 'en', color: '#06548c' },
  nordlicht: { name: 'Nordlicht Reisen', slug: 'nordlicht', locale: 'de', color: '#0f766e' },
} as const;

export const demoOperators = {
  mira: { name: 'Mira Kovač', email: 'mira@fjord.example', role: 'owner', locale: 'en', timeZone: 'Europe/Zagreb' },
  sam: { name: 'Sam Ito', email: 'sam@fjord.example', role: 'agent', locale: 'en', timeZone: 'Asia/Tokyo' },
  jonas: { name: 'Jonas Weber', email: 'jonas@fjord.example', role: 'agent', locale: 'de', timeZone: 'Europe/Berlin' },
  layla: { name: 'Layla Haddad', email: 'layla@fjord.example', role: 'agent', locale: 'ar', timeZone: 'Asia/Amman' },
} as const;

export const demoConversations: readonly DemoConversation[] = [
  {
    brand: 'fjord', department: 'Billing', priority: 'high', assignee: 'mira', tags: ['billing'], isTicket: true,
    subject: 'Charged twice for the March invoice',
    contact: { name: 'Amara Okafor', email: 'amara@northwind.example', locale: 'en' },
    lines: [
      [34, 'contact', 'Hello! Why do I have **two** charges this month?'],
      [31, 'sam', 'Hi Amara, thank you for writing. I am looking at both now.'],
      [24, 'note', 'Two payments, four seconds apart: our retry, not hers. Mira, may I refund the second?'],
      [12, 'contact', 'I can see two payments of 49.00 on my card, both from the same minute. I did not change my plan.'],
    ],
  },
  {
    brand: 'nordlicht', department: 'Support', assignee: 'jonas', tags: ['rechnung'],
    subject: 'Rechnung an neue Adresse senden',
    contact: { name: 'Jonas Schreiber', email: 'j.schreiber@kontor.example', locale: 'de' },
    lines: [
      [58, 'contact', 'Guten Tag, könnten Sie die Rechnung bitte an unsere neue Adresse senden? Wir sind im März umgezogen: Hafenstraße 12, 24103 Kiel.'],
      [49, 'jonas', 'Guten Tag Herr Schreiber, sehr gern. Soll ich auch die beiden Rechnungen aus dem Februar ändern?'],
      [41, 'contact', 'Ja bitte, beide. Vielen Dank!'],
    ],
  },
  {
    brand: 'fjord', department: 'Support', priority: 'urgent', tags: ['login'],
    subject: 'لا أستطيع تسجيل الدخول إلى حسابي',
    contact: { name: 'ليلى حداد', email: 'layla.h@warda.example', locale: 'ar' },
    lines: [
      [47, 'contact', 'مرحبًا، لا أستطيع تسجيل الدخول إلى حسابي. تظهر رسالة خطأ بعد إدخال الرمز المرسل إلى بريدي.'],
      [44, 'contact', 'جرّبت متصفحًا آخر والنتيجة نفسها.'],
    ],
  },
  {
    brand: 'fjord', department: 'Sales', status: 'waiting', assignee: 'sam', tags: ['api'],
    subject: 'API limit on the Team plan',
    contact: { name: 'Tom Whitfield', email: 'tom@harbour.example', locale: 'en' },
    lines: [
      [190, 'contact', 'How many requests a minute does the Team plan allow? We would sync about 4 000 orders each night.'],
      [150, 'sam', 'The limit is 600 requests a minute, and orders come in pages of 100, so a night of yours takes *less than a minute*. Shall I switch a trial on?'],
    ],
  },
  {
    brand: 'fjord', department: 'Support', assignee: 'mira', tags: ['export'],
    subject: 'Export of all orders',
    contact: { name: 'Ruth Perera', email: 'ruth@lantern.example', locale: 'en' },
    lines: [
      [260, 'contact', 'I need all orders of last year as a file for our accountant. Is there a button for it?'],
      [240, 'mira', 'There is: **Orders → Export → Last year**. It arrives by mail within a few minutes.'],
      [182, 'contact', 'Thank you, the file opened without a problem. One question: which column is the VAT?'],
    ],
  },
  {
    brand: 'fjord', department: 'Support', priority: 'high', tags: ['webhooks'],
    subject: 'Webhook signature does not match',
    contact: { name: 'Dmitri Novak', email: 'dmitri@signalworks.example', locale: 'en' },
    lines: [
      [320, 'contact', 'I followed the page on signatures, yet my check fails for every third delivery or so. The body is parsed before I sign it: could that be it?'],
    ],
  },
  {
    brand: 'nordlicht', department: 'Sales', status: 'open',
    subject: 'Gruppenreise auf die Lofoten',
    contact: { name: 'Annegret Vogt', email: 'vogt@wanderfreunde.example', locale: 'de' },
    lines: [
      [75, 'contact', 'Guten Abend! Wir sind 14 Personen und möchten Anfang September auf die Lofoten. Gibt es noch Hütten, und wie kommen wir mit dem Zug hin?'],
      [70, 'contact', 'Zwei von uns gehen am Stock, Treppen wären schwierig.'],
    ],
  },
  {
    brand: 'fjord', department: 'Sales', assignee: 'layla', tags: ['wholesale'],
    subject: 'طلب أسعار الجملة',
    contact: { name: 'عمر الخطيب', email: 'omar@dukkan.example', locale: 'ar' },
    lines: [
      [130, 'contact', 'السلام عليكم، نملك ثلاثة متاجر في عمّان ونرغب في معرفة أسعار الجملة للحقائب الخفيفة.'],
      [118, 'layla', 'وعليكم السلام أستاذ عمر، يسعدنا ذلك. كم قطعة تتوقعون في الطلب الأول؟'],
      [96, 'contact', 'حوالي مئتي قطعة، نصفها باللون الأخضر.'],
    ],
  },
  {
    brand: 'fjord', department: 'Support', status: 'resolved', assignee: 'mira', tags: ['delivery'],
    subject: 'Colis jamais arrivé',
    contact: { name: 'Camille Laurent', email: 'camille@atelier.example', locale: 'fr' },
    lines: [
      [1500, 'contact', 'Bonjour, mon colis est marqué « livré » depuis lundi, mais je n’ai rien reçu.'],
      [1460, 'mira', 'Bonjour Camille, je suis désolée. Le livreur l’a laissé chez le gardien du numéro 14. Pouvez-vous vérifier ?'],
      [1390, 'contact', 'Trouvé ! Merci beaucoup, bonne journée.'],
      [1385, 'mira', 'Parfait, bonne journée à vous aussi !'],
    ],
  },
  {
    brand: 'fjord', department: 'Support', assignee: 'sam', tags: ['returns'],
    subject: 'サイズ交換について',
    contact: { name: '佐藤 健', email: 'sato@yamamichi.example', locale: 'ja' },
    lines: [
      [410, 'contact', '先週届いたレインジャケットですが、少し小さいようです。Lサイズに交換できますか?'],
      [395, 'sam', 'お問い合わせありがとうございます。はい、未使用であれば30日以内に無料で交換できます。返送用のラベルをお送りしますね。'],
      [370, 'contact', '助かります。よろしくお願いします。'],
    ],
  },
  {
    brand: 'fjord', department: 'Sales', status: 'snoozed', assignee: 'mira',
    subject: 'Presupuesto para el equipo de montaña',
    contact: { name: 'Lucía Fernández', email: 'lucia@cumbre.example', locale: 'es' },
    lines: [
      [2900, 'contact', 'Hola, somos un club de montaña y queremos 25 mochilas con nuestro logotipo. ¿Podrían enviarnos un presupuesto?'],
      [2860, 'mira', 'Hola Lucía, con mucho gusto. Lo tendrá el lunes. ¿El logotipo va en un color o en varios?'],
      [2800, 'contact', 'En un solo color. El lunes está bien, gracias.'],
    ],
  },
  {
    brand: 'nordlicht', department: 'Support', status: 'closed', assignee: 'jonas',
    subject: 'Fähre verpasst',
    contact: { name: 'Mehmet Aydın', email: 'aydin@strandkorb.example', locale: 'de' },
    lines: [
      [4300, 'contact', 'Wir haben die Fähre um 9 Uhr verpasst, was nun?'],
      [4297, 'jonas', 'Keine Sorge: Ihre Karten gelten auch um 11:15 Uhr. Ich habe dem Hafen Bescheid gegeben.'],
      [4290, 'contact', 'Sie retten uns den Tag. Danke!'],
    ],
  },
  {
    brand: 'fjord', department: 'Support',
    contact: { name: 'Visitor', email: null, locale: 'en' },
    lines: [[9, 'contact', 'hi, is the stove ok above 2 000 m?']],
  },
  {
    brand: 'fjord', department: 'Support', tags: ['care'],
    subject: 'How do I wash a down jacket?',
    contact: { name: 'Priya Raman', email: 'priya@monsoon.example', locale: 'en' },
    lines: [
      [22, 'contact', 'Two questions about the Skarv jacket:\n\n- can it go into the machine?\n- and is there a soap that you would take?'],
    ],
  },
];
