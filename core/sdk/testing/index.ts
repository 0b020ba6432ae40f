/** A host for the tests of plugins. See docs/plugins. */
export { assistantConformance, sampleTurn, type AssistantConformanceOptions } from './assistant-conformance.ts';
export { conformance, type ConformanceCheck, type ConformanceOptions } from './conformance.ts';
export { createTestHost, type RouteCall, type TestHost, type TestHostOptions } from './create-test-host.ts';
export type { LogLine, SentMail, TestDeskParts } from './memory-context.ts';
export type { TestHttp, TestRequest, TestResponse } from './memory-http.ts';
