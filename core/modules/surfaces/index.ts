export { adminApp } from './admin-app.ts';
export { apiDocsApp } from './api-docs-app.ts';
export { systemEndpoints, systemRoutes, type SystemDeps } from './system.routes.ts';
