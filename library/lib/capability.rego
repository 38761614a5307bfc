# METADATA
# title: Linux capabilities
# description: Capabilities by one spelling. Runtimes accept any case, and some the prefix of the kernel's headers.
package holdfast.lib.capability

import rego.v1

name(written) := trim_prefix(upper(written), "CAP_")

# The capabilities of the parameter insecureCapabilities.
insecure contains name(written) if some written in data.postureControlInputs.insecureCapabilities
