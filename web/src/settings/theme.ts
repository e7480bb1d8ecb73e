export const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'volley.theme'
const lightSystem = matchMedia('(prefers-color-scheme: light)')

/** What was chosen in this browser; `theme.js` reads the same before the first paint. */
export function chosenTheme(): Theme {
  const chosen = localStorage.getItem(KEY)
  return chosen === 'dark' || chosen === 'light' ? chosen : 'system'
}

/** Chooses a theme and shows it at once. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  showTheme()
}

function showTheme(): void {
  const theme = chosenTheme()
  const isLight = theme === 'system' ? lightSystem.matches : theme === 'light'
  document.documentElement.dataset.theme = isLight ? 'light' : 'dark'
}

lightSystem.addEventListener('change', showTheme)
