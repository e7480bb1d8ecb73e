import { create } from 'zustand'

/** The tool whose name is being edited on the canvas, or null. */
export const useRenaming = create<{ tool: string | null }>(() => ({ tool: null }))

export const startRenaming = (tool: string) => useRenaming.setState({ tool })
export const endRenaming = () => useRenaming.setState({ tool: null })
