import { useEffect, useState } from 'react'
import { create } from 'zustand'

type ToolTab = 'definition' | 'run' | 'policy' | 'try'

/** Which part of a tool's properties someone asked to see. */
const useAsked = create<{ asked: { tool: string; tab: ToolTab } | null }>(() => ({ asked: null }))

/** Opens a part of a tool's properties, now or when the tool is selected; the keyboard stays where it is. */
export const showToolTab = (tool: string, tab: ToolTab) => useAsked.setState({ asked: { tool, tab } })

/** The open part of a tool's properties: the first, until another is chosen or asked for. */
export function useToolTab(tool: string) {
  const asked = useAsked((store) => (store.asked?.tool === tool ? store.asked : null))
  const [tab, setTab] = useState<string>(asked?.tab ?? 'definition')
  useEffect(() => {
    if (!asked) return
    setTab(asked.tab)
    useAsked.setState({ asked: null })
  }, [asked])
  return [tab, setTab] as const
}
