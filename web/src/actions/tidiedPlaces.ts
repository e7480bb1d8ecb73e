import type { Flow } from '@volley/shared/flow/flow.ts'
import type { Places } from './arrangement.ts'
import type { Sizes } from './layout.ts'
import { tidyBoxes, tidyGraph, tidyPlaces } from './tidyGraph.ts'

/** Where these nodes go when they are arranged along their edges; without keys, all. Loads the layout engine when it is first asked for. */
export async function tidiedPlaces(flow: Flow, sizeOf: Sizes, keys: readonly string[] = []): Promise<Places> {
  const boxes = tidyBoxes(flow, sizeOf, keys)
  const { arrangeGraph } = await import('./layoutEngine.ts')
  return tidyPlaces(await arrangeGraph(tidyGraph(flow, boxes)), boxes)
}
