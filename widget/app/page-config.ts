/** The configuration that the page carries in its data block; the chat plugin's server writes it. */
export interface PageConfig {
  widget: {
    slug: string;
    brandId: string;
    brandName: string;
    botName: string;
    welcomeMessage: string;
    buttons: { id: string; icon: string; name: string; description: string; openingMessage: string }[];
    externalLinks: { icon: string; label: string; url: string }[];
    color: string;
    mode: 'system' | 'light' | 'dark';
    type: 'popup' | 'sidebar';
  };
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: Record<string, string>;
}
