# METADATA
# title: Namespaces below restricted
# description: Namespaces that do not enforce the Pod Security Standard restricted.
# scope: package
# custom:
#   kinds: [Namespace]
package armo_builtins

import data.holdfast.lib.pod_security_admission
import rego.v1

deny contains finding if some finding in pod_security_admission.findings_below("restricted")
