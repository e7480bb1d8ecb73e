import { Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { chooseTheme } from './settings/theme.ts'
import { IconButton } from './ui/IconButton.tsx'

/** Dark or light, at once and for this browser. */
export function ThemeToggle() {
  const [theme, setTheme] = useState(shownTheme)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      label={`Use the ${other} theme`}
      icon={theme === 'dark' ? <Moon size={15} /> : <Sun size={15} />}
      onClick={() => {
        chooseTheme(other)
        setTheme(other)
      }}
    />
  )
}

const shownTheme = (): 'dark' | 'light' => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark')
