# METADATA
# title: API servers
# description: Counts the pods that run an API server as judged.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process

deny contains control_plane_process.judged(process) if some process in control_plane_process.of("kube-apiserver")
