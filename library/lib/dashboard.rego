# METADATA
# title: Kubernetes Dashboard
# description: The names that the dashboard is installed with, and the programs that are part of it.
package holdfast.lib.dashboard

import rego.v1

# Its accounts and roles; since version 3 each of its parts has one.
is_name(name) if {
	name in {
		"kubernetes-dashboard", "kubernetes-dashboard-api", "kubernetes-dashboard-auth",
		"kubernetes-dashboard-web", "kubernetes-dashboard-metrics-scraper",
	}
}

# Whether a pod is the dashboard itself, by its image, from wherever it is pulled.
runs_dashboard(spec) if {
	some container in spec.containers
	regex.match(`(^|/)(kubernetesui/|kubernetes-)(dashboard|metrics-scraper)(-[a-z-]+)?(:|@|$)`, container.image)
}
