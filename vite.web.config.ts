import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { limitStart, preloadApp } from './scripts/start-chunks.ts'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The renderer for ordinary browsers: an installable PWA that opens offline, worker included. */
export default defineConfig({
  root: at('renderer'),
  base: '/',
  resolve: { tsconfigPaths: true },
  worker: { format: 'es', plugins: () => [limitStart('/sync/worker/replica.worker.ts')] },
  plugins: [
    react(),
    preloadApp(),
    limitStart('/renderer/app/start-app.tsx'),
    VitePWA({
      // A new version waits until every window is closed: it never swaps code under an open form.
      registerType: 'prompt',
      // An inline registration would break the content security policy.
      injectRegister: 'script',
      manifest: {
        name: 'TradeSphere Customers',
        short_name: 'Customers',
        description: 'The whole customer base on this device, with and without a network.',
        display: 'standalone',
        start_url: '/',
        background_color: '#fbfbfa',
        theme_color: '#fbfbfa',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,woff2,wasm}'],
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
        clientsClaim: true,
        skipWaiting: false,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/rest\//, /^\/auth\//, /^\/realtime\//, /^\/config\.json$/],
      },
    }),
  ],
  build: {
    outDir: at('out/web'),
    emptyOutDir: true,
    target: 'es2024',
    // The policy allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    // One style sheet, there with the page: nothing waits for a style, and none comes in another order.
    cssCodeSplit: false,
    // Everything is in the cache of the service worker: one file is faster than many.
    chunkSizeWarningLimit: 4_096,
  },
})
