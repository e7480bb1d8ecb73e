/** The nodes that `from` leads to, for each node. Nodes that an edge names but the list does not are left out. */
export function successorsOf<Node>(
  nodes: readonly Node[],
  edges: readonly { from: Node; to: Node }[],
): Map<Node, Node[]> {
  const successors = new Map<Node, Node[]>(nodes.map((node) => [node, []]))
  for (const { from, to } of edges) if (successors.has(to)) successors.get(from)?.push(to)
  return successors
}

/**
 * The strongly connected components (Tarjan, without recursion), each a list of nodes, dependents before what they depend on.
 * Two nodes are on a common cycle exactly when they share a component.
 */
export function components<Node>(successors: ReadonlyMap<Node, readonly Node[]>): Node[][] {
  const index = new Map<Node, number>()
  const low = new Map<Node, number>()
  const open: Node[] = []
  const isOpen = new Set<Node>()
  const found: Node[][] = []

  for (const root of successors.keys()) {
    if (index.has(root)) continue
    const path: { node: Node; next: number }[] = []
    const enter = (node: Node) => {
      index.set(node, index.size)
      low.set(node, index.get(node) as number)
      open.push(node)
      isOpen.add(node)
      path.push({ node, next: 0 })
    }
    enter(root)
    while (path.length > 0) {
      const step = path[path.length - 1] as { node: Node; next: number }
      const targets = successors.get(step.node) ?? []
      if (step.next < targets.length) {
        const target = targets[step.next++] as Node
        if (!index.has(target)) enter(target)
        else if (isOpen.has(target)) lower(low, step.node, index.get(target) as number)
        continue
      }
      path.pop()
      const parent = path[path.length - 1]
      if (parent) lower(low, parent.node, low.get(step.node) as number)
      if (low.get(step.node) === index.get(step.node)) {
        const component = open.splice(open.lastIndexOf(step.node))
        for (const node of component) isOpen.delete(node)
        found.push(component)
      }
    }
  }
  return found
}

/** The edges that lie on a cycle: both ends in one component, a node's edge to itself included. */
export function edgesOnCycles<Edge extends { from: string; to: string }>(
  nodes: readonly string[],
  edges: readonly Edge[],
): Set<Edge> {
  const componentOf = new Map<string, number>()
  components(successorsOf(nodes, edges)).forEach((component, number) => {
    for (const node of component) componentOf.set(node, number)
  })
  return new Set(edges.filter(({ from, to }) => componentOf.has(from) && componentOf.get(from) === componentOf.get(to)))
}

function lower<Node>(low: Map<Node, number>, node: Node, value: number) {
  if (value < (low.get(node) as number)) low.set(node, value)
}

/** Things in an order in which each comes after its sources, and else as they were given. Sources that are none of the things do not count; what stands on a circle is left out. */
export function sourcesFirst<Thing>(things: readonly Thing[], sourcesOf: (thing: Thing) => readonly Thing[]): Thing[] {
  const followers = new Map<Thing, Thing[]>(things.map((thing) => [thing, []]))
  const open = new Map<Thing, number>()
  for (const thing of things) {
    const sources = sourcesOf(thing).filter((source) => followers.has(source))
    open.set(thing, sources.length)
    for (const source of sources) followers.get(source)?.push(thing)
  }
  const order = things.filter((thing) => open.get(thing) === 0)
  // The list grows while it is walked.
  for (const thing of order)
    for (const follower of followers.get(thing) ?? []) {
      const left = (open.get(follower) ?? 0) - 1
      open.set(follower, left)
      if (left === 0) order.push(follower)
    }
  return order
}
