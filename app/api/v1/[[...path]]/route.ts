import { dispatch } from '#lib/api/dispatch';
import { getContext } from '../../../context.ts';

/** All of the API: `lib/api/endpoints.ts` has the endpoints. */
async function answer(request: Request): Promise<Response> {
  return await dispatch(await getContext(), request);
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
