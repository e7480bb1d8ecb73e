// What `@volley/server` offers to programs: docs/library.md.

export type { Flow, FlowDocument } from '@volley/shared/flow/flow.ts'
export type { Problem } from '@volley/shared/flow/problem.ts'
export type { RunEvent } from '@volley/shared/run/events.ts'
export type { RunRecord } from '@volley/shared/run/record.ts'
export type { Message, Model, ModelEvent, ModelRequest, ModelTool, Progress } from './engine/ports.ts'
export { InvalidFlow } from './library/invalidFlow.ts'
export { type CallToApprove, type RunFlowOptions, runFlow } from './library/runFlow.ts'
export type { OwnTool, OwnToolContext, OwnTools } from './tools/own.ts'
