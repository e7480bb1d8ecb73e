import { Background, type Edge, MiniMap, type Node, ReactFlow, useNodesState } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import type { Flow } from '../../../../shared/src/flow/flow.ts'
import { applyRunEvents, EMPTY_RUN, type RunState } from '../../../../shared/src/run/state.ts'
import { followRun } from '../../../../web/src/trace/followRun.ts'
import { PlainNode } from './PlainNode.tsx'
import { StatusNode } from './StatusNode.tsx'
import '@xyflow/react/dist/style.css'
import './bare.css'

// What the canvas is measured beside: React Flow as its manual uses it, and nothing else on the page. With a run in the
// address, every call's state stands in the nodes, so that a change of one gives React Flow a new list.

const NODE_TYPES = { plain: PlainNode, status: StatusNode }
const [, , flowId = ''] = location.pathname.split('/')
const runId = new URLSearchParams(location.search).get('run')

function Bare({ flow }: { flow: Flow }) {
  const [nodes, setNodes, onNodesChange] = useNodesState(nodesOf(flow, runId === null ? 'plain' : 'status'))
  const edges = useMemo(() => edgesOf(flow), [flow])
  useEffect(() => {
    if (runId === null) return
    let run = EMPTY_RUN
    const stop = new AbortController()
    void followRun(runId, {
      signal: stop.signal,
      onConnection: () => {},
      onEvents: (events) => {
        run = applyRunEvents(run, events)
        setNodes((before) => withStatus(before, run))
      },
    })
    return () => stop.abort()
  }, [setNodes])
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      fitView
      minZoom={0.1}
      maxZoom={2}
      panOnScroll
      proOptions={{ hideAttribution: true }}
    >
      <Background />
      <MiniMap />
    </ReactFlow>
  )
}

function nodesOf(flow: Flow, type: 'plain' | 'status'): Node[] {
  const agent: Node = {
    id: '@agent',
    type,
    position: { x: 0, y: 0 },
    data: { name: 'agent', words: flow.agent.system },
  }
  return [
    agent,
    ...flow.tools.map(({ name, description = '' }) => ({
      id: name,
      type,
      position: flow.layout[name] ?? { x: 0, y: 0 },
      data: { name, words: description, status: 'idle', calls: [] },
    })),
  ]
}

/** The agent's lines to the tools that wait for none are edges, too. */
function edgesOf(flow: Flow): Edge[] {
  const dependents = new Set(flow.edges.map((edge) => edge.to))
  const roots = flow.tools.filter((tool) => !dependents.has(tool.name))
  return [
    ...roots.map(({ name }) => ({ id: `@agent→${name}`, source: '@agent', target: name })),
    ...flow.edges.map(({ from, to }) => ({ id: `${from}→${to}`, source: from, target: to })),
  ]
}

function withStatus(nodes: Node[], { calls }: RunState): Node[] {
  const byTool = new Map(calls.map((call) => [call.tool, call]))
  return nodes.map((node) => {
    const call = byTool.get(node.id)
    if (!call || node.data.status === call.status) return node
    return { ...node, data: { ...node.data, status: call.status, calls: [call.call] } }
  })
}

const answer = await fetch(`/api/flows/${flowId}`)
const { flow } = (await answer.json()) as { flow: Flow }
createRoot(document.getElementById('root') as HTMLElement).render(<Bare flow={flow} />)
