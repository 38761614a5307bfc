# METADATA
# title: HorizontalPodAutoscalers in the default namespace
# description: HorizontalPodAutoscalers that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [autoscaling/HorizontalPodAutoscaler]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

deny contains finding if some finding in default_namespace.findings(set())
