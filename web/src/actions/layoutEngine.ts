import elk, { type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'

// ELK in a worker of its own: it takes a second for hundreds of nodes, in which the page must go on. Only "Tidy up" loads this file.

const engine = new elk.default({ workerFactory: () => new Worker(workerUrl) })

/** The graph with a place for every node. */
export const arrangeGraph = (graph: ElkNode): Promise<ElkNode> => engine.layout(graph)
