# METADATA
# title: ConfigMaps in the default namespace
# description: ConfigMaps that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [ConfigMap]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

# The cluster puts its certificate there, as into every namespace.
deny contains finding if some finding in default_namespace.findings({"kube-root-ca.crt"})
