import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import './ui/tokens.css'

createRoot(document.getElementById('root') as HTMLElement).render(<App />)
