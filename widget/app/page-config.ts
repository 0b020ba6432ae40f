/** A drawing of FontAwesome's free set: size of its view box, and its path (filled). */
export interface IconShape { w: number; h: number; d: string }

/** The configuration that the page carries in its data block; the chat plugin's server writes it. */
export interface PageConfig {
  widget: {
    slug: string;
    brandId: string;
    brandSlug: string;
    brandName: string;
    botName: string;
    welcomeMessage: string;
    buttons: { id: string; icon: IconShape | null; name: string; description: string; openingMessage: string }[];
    selfServiceLinks: { icon: IconShape | null; label: string; url: string }[];
    externalLinks: { icon: IconShape | null; label: string; url: string }[];
    color: string;
    mode: 'system' | 'light' | 'dark';
    theme: 'plugboard' | 'contrast';
    type: 'popup' | 'sidebar';
    position: 'left' | 'right';
    /** Nobody writes before name and address are proved by a code or a signed token. */
    requiresAuthentication: boolean;
    /** Transcripts can be asked for. */
    hasTranscript: boolean;
    /** Where `showArticle(slug)` leads, with `/<slug>` put behind it. */
    articlesUrl: string;
    /** There are articles to search in. */
    hasHelp: boolean;
  };
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: Record<string, string>;
}
