export function App() {
  return <main>Volley</main>
}
