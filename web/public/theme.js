// Sets the theme before the first paint. A file of its own, since the page's policy allows no inline script.
const chosen = localStorage.getItem('volley.theme')
const light = chosen ? chosen === 'light' : matchMedia('(prefers-color-scheme: light)').matches
document.documentElement.dataset.theme = light ? 'light' : 'dark'
