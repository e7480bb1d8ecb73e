/** What a peer is given to run one job with: its tools, the model's address, and a limit for a tool where it knows one. */
export interface PeerJob {
  baseURL: string
  tools: { name: string; description: string; execute(given: unknown, signal?: AbortSignal): Promise<object> }[]
  toolTimeoutMs?: number
}

/** A library that runs agents: makes ready for a job and gives what runs it once, resolving with the final text. */
export type Peer = (job: PeerJob) => (model: string) => Promise<string>
