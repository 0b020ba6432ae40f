/** Icons to choose from for a category of articles: outlines on a 24 px grid, drawn with a line of 1.75 px. */
export const categoryIcons = {
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  rocket: 'M13 15l-4-4c2-5 5.5-8 11-8 0 5.5-3 9-8 11zM9 11H5l-2 3 4 1M13 15v4l-3 2-1-4M15.5 8.5v.01M5 19l2-2',
  help: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01',
  user: 'M12 12a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM4 21c.7-4 3.7-6 8-6s7.3 2 8 6',
  users: 'M9 11.5a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7zM3 20c.6-3.4 3-5 6-5s5.4 1.6 6 5M16 5.5a3 3 0 0 1 0 5.5M18 15c1.7.6 2.7 2 3 4',
  card: 'M3 6h18v12H3zM3 10h18M7 14.5h4',
  cart: 'M3 4h2.5l2 11h10l2-8H6.5M9.5 19.5v.01M16 19.5v.01',
  box: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  truck: 'M3 6h11v10H3zM14 10h4l3 3v3h-7M7 18.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM17 18.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  settings: 'M4 7h9M17 7h3M15 9.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5zM4 17h3M11 17h9M9 19.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5z',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3',
  shield: 'M12 3l8 3v6c0 4.5-3 7.5-8 9-5-1.5-8-4.5-8-9V6z',
  mail: 'M3 6h18v13H3zM3 7l9 6.5L21 7',
  phone: 'M7.5 3h9a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2',
  monitor: 'M3 5h18v11H3zM9 20h6M12 16v4',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14',
  plug: 'M9 3v5M15 3v5M7 8h10v3a5 5 0 0 1-10 0zM12 16v5',
  chart: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  globe: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3z',
  star: 'M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z',
  zap: 'M13 3L5 13.5h6L10 21l9-11h-6.5z',
  chat: 'M4 5h16v12H10l-5 4v-4H4z',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
} as const;

export type CategoryIcon = keyof typeof categoryIcons;
