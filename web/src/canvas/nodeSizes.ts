import { type NodeHandle, Position } from '@xyflow/react'
import { HANDLE_Y, NODE_WIDTH, type Size } from '../actions/layout.ts'

// What a node will measure, told to React Flow beforehand: edges are drawn with the first frame, and of hundreds of nodes only those that
// came out otherwise are measured. A wrong guess costs that measure and no more. The numbers are those of nodes.css.

const BORDER = 1
const HANDLE = 9
const HEAD = 32
const WORDS_MARGIN = 15
const LINE = 17
const FOOT = 27
/** So many characters of the words usually fit on a line. */
const CHARACTERS = 35

/** The size of an agent's or a tool's node that says these words: they stand on one line or two. */
export function expectedSize(words: string): Size {
  const lines = words.length > CHARACTERS ? 2 : 1
  return { width: NODE_WIDTH, height: 2 * BORDER + HEAD + WORDS_MARGIN + lines * LINE + FOOT }
}

const handleAt = (type: 'source' | 'target', centre: number): NodeHandle => ({
  id: null,
  type,
  position: type === 'source' ? Position.Right : Position.Left,
  x: centre - HANDLE / 2,
  y: HANDLE_Y - HANDLE / 2,
  width: HANDLE,
  height: HANDLE,
})
const OUT = handleAt('source', NODE_WIDTH)

export const AGENT_HANDLES: NodeHandle[] = [OUT]
export const TOOL_HANDLES: NodeHandle[] = [handleAt('target', 0), OUT]
