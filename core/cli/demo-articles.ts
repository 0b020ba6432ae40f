import type { DemoBrandKey } from './demo-data.ts';

export interface DemoArticle { brand: DemoBrandKey; category: string; title: string; summary: string; body: string; isPinned?: boolean; audience?: 'internal' }
export interface DemoCategory { brand: DemoBrandKey; name: string; description: string; icon: string }

export const demoCategories: readonly DemoCategory[] = [
  { brand: 'fjord', name: 'Orders and delivery', description: 'From the order to your door', icon: 'truck' },
  { brand: 'fjord', name: 'Returns and repairs', description: 'When something does not fit or breaks', icon: 'box' },
  { brand: 'nordlicht', name: 'Reisen buchen', description: 'Vor und nach der Buchung', icon: 'globe' },
];

/** A small help centre, so that the assistant has something to answer from. */
export const demoArticles: readonly DemoArticle[] = [
  {
    brand: 'fjord', category: 'Orders and delivery', isPinned: true, title: 'How long delivery takes', summary: 'Times and prices of each way to ship',
    body: 'We send what is in stock on the same working day when you order before **14:00**.\n\n| Way | Takes | Costs |\n| --- | --- | --- |\n| Standard | 3 to 5 working days | 4.90 € |\n| Express | the next working day | 12 € |\n| Pick-up point | 3 to 4 working days | 3.50 € |\n\nOrders over 80 € ship free by standard.\n\n## Following your parcel\n\nThe mail that says your parcel left carries a link that follows it. It works from the evening on.',
  },
  {
    brand: 'fjord', category: 'Orders and delivery', title: 'Changing or cancelling an order', summary: 'As long as it has not left our store',
    body: 'You can change the address or cancel an order until it is packed, usually for about **two hours**.\n\n1. Open **My orders** and choose the order.\n2. Press **Change** or **Cancel**.\n\nIs the button gone, the parcel is on its way: send it back when it arrives, at no cost.',
  },
  {
    brand: 'fjord', category: 'Returns and repairs', isPinned: true, title: 'Returning what you bought', summary: '30 days, free of charge',
    body: 'You have **30 days** from delivery to return anything that was not used outdoors.\n\n1. Print the label from **My orders**.\n2. Put the goods and the slip into the parcel.\n3. Bring it to any pick-up point.\n\nThe money is back within **5 working days** after the parcel reaches us, the same way you paid.',
  },
  {
    brand: 'fjord', category: 'Returns and repairs', title: 'Repairs and the five-year promise', summary: 'Zips, seams, poles and straps',
    body: 'For **five years** we repair zips, seams, poles and straps free of charge. Wear of soles and water-proof coating is not covered; we renew them at cost.\n\nSend us a picture of the damage in the chat, and we tell you whether to send it in.',
  },
  {
    brand: 'fjord', category: 'Returns and repairs', audience: 'internal', title: 'Goodwill without asking', summary: 'What everybody may give',
    body: 'Up to **25 €** each of us may give as goodwill without asking. Above that ask the shift lead. Never promise goodwill before the case is clear.',
  },
  {
    brand: 'nordlicht', category: 'Reisen buchen', isPinned: true, title: 'Eine Reise umbuchen', summary: 'Fristen und Kosten',
    body: 'Bis **30 Tage** vor der Abreise ist eine Umbuchung kostenlos. Danach berechnen wir **45 €** je Person.\n\nSchreiben Sie uns Ihre Buchungsnummer und das neue Datum; wir antworten am selben Werktag.',
  },
  {
    brand: 'nordlicht', category: 'Reisen buchen', title: 'Gepäck auf dem Schiff', summary: 'Was an Bord darf',
    body: 'Je Person dürfen **zwei Koffer** und ein Handgepäck an Bord. Fahrräder und Kinderwagen fahren kostenlos mit; bitte geben Sie sie bei der Buchung an.',
  },
];
