import { Search } from 'lucide-react'
import { action } from './action.ts'

export const PALETTE_SEARCH = 'palette-search'

export const focusPalette = action({
  name: 'Find a tool to add',
  icon: Search,
  keys: ['/'],
  perform: () => document.getElementById(PALETTE_SEARCH)?.focus(),
})
