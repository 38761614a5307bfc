# METADATA
# title: Namespaces below baseline
# description: Namespaces that do not enforce the Pod Security Standard baseline or a stricter one.
# scope: package
# custom:
#   kinds: [Namespace]
package armo_builtins

import data.holdfast.lib.pod_security_admission
import rego.v1

deny contains finding if some finding in pod_security_admission.findings_below("baseline")
