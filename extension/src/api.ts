import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

/** What the server answered; `status` 0 means that nobody answered. */
export interface IReply<T> {
  status: number;
  body: T & ITrouble;
}

/** A refusal in words, in the language that was asked for. */
export interface ITrouble {
  error?: { what: string; remedy: string; faults: string[] };
}

/** Which workspace a page is about: the notebook's path below the server's root, and the id it states. */
export interface IWhere {
  notebook?: string;
  workspace?: string;
}

/** Told with the path of a request that changed something. */
export const changed = new Signal<object, string>({});

/** Where the server's pages about evaluations begin. */
export function address(path: string): string {
  return URLExt.join(ServerConnection.makeSettings().baseUrl, 'poc-eval', path);
}

/** An address that says which workspace is meant. */
export function located(address: string, where: IWhere): URL {
  const url = new URL(address, window.location.href);
  for (const [name, value] of Object.entries(where)) {
    if (value) {
      url.searchParams.set(name, value as string);
    }
  }
  return url;
}

/**
 * Ask the workspace. `path` is relative to `poc-eval/api/` and may carry a query.
 *
 * ServerConnection brings the token and the XSRF header along. A refusal is an answer, and so is silence.
 */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  init: { keepalive?: boolean; where?: IWhere } = {}
): Promise<IReply<T>> {
  const url = located(address(`api/${path}`), init.where ?? {});
  const sent: RequestInit = {
    method,
    // The server forbids keeping the answer; this spares the address a random ending.
    cache: 'default',
    keepalive: init.keepalive ?? false,
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  };
  try {
    const response = await ServerConnection.makeRequest(
      url.href,
      sent,
      ServerConnection.makeSettings()
    );
    const said = (await response.json()) as T & ITrouble;
    if (method !== 'GET' && response.ok) {
      changed.emit(path);
    }
    return { status: response.status, body: said };
  } catch {
    // No network, or an answer that is not ours: for the page nobody is there.
    return { status: 0, body: {} as T & ITrouble };
  }
}

/** Whether a workspace answers at this server just now. */
export async function reachable(): Promise<boolean> {
  return (await request('GET', 'workspace')).status === 200;
}
