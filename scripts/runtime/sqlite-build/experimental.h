// Declares the one call that node-api-headers leaves out because it is experimental, and that node-addon-api must
// have here: without it, finalizers run inside the garbage collector and end the process.
#include <js_native_api.h>

#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER

EXTERN_C_START
NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(node_api_basic_env env,
                                                           napi_finalize finalize_cb,
                                                           void* finalize_data,
                                                           void* finalize_hint);
EXTERN_C_END
