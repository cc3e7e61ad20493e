import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { limitStart, preloadApp } from './scripts/start-chunks.ts'

const at = (path: string): string => resolve(import.meta.dirname, path)

// Absolute inputs and outputs: electron-vite's defaults assume src/main, src/preload, src/renderer.
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      // zod is bundled, so that the package needs no node_modules beside it.
      externalizeDeps: false,
      rolldownOptions: { input: { index: at('electron/main/index.ts') } },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file.
      rolldownOptions: {
        input: { index: at('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), preloadApp(), limitStart('/renderer/app/start-app.tsx')],
    worker: { format: 'es', plugins: () => [limitStart('/sync/worker/replica.worker.ts')] },
    build: {
      outDir: at('out/renderer'),
      // Everything is loaded from the disk: one file is faster than many.
      chunkSizeWarningLimit: 4_096,
      minify: true,
      cssCodeSplit: false,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
})
