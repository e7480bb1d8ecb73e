/**
 * Watches this thread's event loop: how long, at most, it was not free to answer. `cpuMs` is the thread's own work between two ticks, and
 * so tells of blocking code alone, however busy the machine is.
 */
export function watchLoop() {
  let at = performance.now()
  let cpu = cpuMs()
  let longest = { wallMs: 0, cpuMs: 0 }
  const timer = setInterval(() => {
    longest = {
      wallMs: Math.max(longest.wallMs, performance.now() - at),
      cpuMs: Math.max(longest.cpuMs, cpuMs() - cpu),
    }
    at = performance.now()
    cpu = cpuMs()
  }, 1)
  return {
    end() {
      clearInterval(timer)
      return { wallMs: Math.round(longest.wallMs), cpuMs: Math.round(longest.cpuMs) }
    },
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
