import { computed, defineComponent, inject, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue';
import type { App, ComputedRef, InjectionKey, Plugin, PropType, ShallowRef } from 'vue';
import { plugboard } from './index.ts';
import type { LoadOptions } from './index.ts';
import { ChatSession, quiet } from './session.ts';
import type { ChatState } from './session.ts';
import type { PlugboardMethods } from './types.ts';

interface Provided { session: ChatSession; state: ShallowRef<ChatState> }
const key: InjectionKey<Provided> = Symbol('plugboard');

export interface UsePlugboard {
  plugboard: PlugboardMethods;
  isReady: ComputedRef<boolean>;
  isOpen: ComputedRef<boolean>;
  unread: ComputedRef<number>;
  error: ComputedRef<unknown>;
}

/** `app.use(plugboardPlugin, options)` begins the chat; without options `<PlugboardChat>` does. */
export const plugboardPlugin: Plugin<[options?: LoadOptions]> = {
  install(app: App, options?: LoadOptions) {
    const session = new ChatSession();
    const state = shallowRef(quiet);
    session.subscribe(() => { state.value = session.state; });
    app.provide(key, { session, state });
    if (options && typeof window !== 'undefined') session.start(options);
  },
};

function useProvided(): Provided {
  const provided = inject(key);
  if (!provided) throw new Error('app.use(plugboardPlugin) is missing');
  return provided;
}

export function usePlugboard(): UsePlugboard {
  const { state } = useProvided();
  const of = <Name extends keyof ChatState>(name: Name) => computed(() => state.value[name]);
  return { plugboard, isReady: of('isReady'), isOpen: of('isOpen'), unread: of('unread'), error: of('error') };
}

/** The chat for as long as this is mounted. What changes in `options` is told to it; a `userId` that goes signs the person out. */
export const PlugboardChat = defineComponent({
  name: 'PlugboardChat',
  props: { options: { type: Object as PropType<LoadOptions>, required: true } },
  setup(props) {
    const { session } = useProvided();
    onMounted(() => session.start(props.options));
    watch(() => props.options, (options) => session.follow({ ...options }), { deep: true });
    onBeforeUnmount(() => session.stop());
    return () => null;
  },
});
