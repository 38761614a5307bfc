# METADATA
# title: Registries that don't scan images
# description: Finds registries of Amazon and Google with a repository whose images aren't scanned when they are pushed.
# scope: package
# custom:
#   kinds: [eks.amazonaws.com/DescribeRepositories, container.googleapis.com/DescribeRepositories]
#   needs: cloud
#   clouds: [EKS, GKE]
package armo_builtins

import data.holdfast.lib.cloud
import rego.v1

deny contains finding if {
	some registry in input
	names := [name(repository) | some repository in registry.data.Repositories; not scans_on_push(repository)]
	count(names) > 0
	finding := cloud.finding(
		registry,
		sprintf("Images aren't scanned on push in %s", [concat(", ", names)]),
		"aws ecr put-image-scanning-configuration --repository-name NAME --image-scanning-configuration scanOnPush=true",
	)
}

deny contains finding if {
	some registry in input
	names := [name(repository) | some repository in registry.data.registries; not is_scanned(repository)]
	count(names) > 0
	finding := cloud.finding(
		registry,
		sprintf("Images aren't scanned in %s", [concat(", ", names)]),
		"gcloud artifacts repositories update NAME --location=LOCATION --allow-vulnerability-scanning",
	)
}

scans_on_push(repository) if repository.ImageScanningConfiguration.ScanOnPush == true

is_scanned(repository) if repository.vulnerabilityScanningConfig.enableVulnerabilityScanning == true

is_scanned(repository) if repository.vulnerabilityScanningConfig.enablementState == "SCANNING_ACTIVE"

# Only images are scanned; a repository of packages has nothing to scan.
is_scanned(repository) if not object.get(repository, "format", "") in {"DOCKER", "", null}

name(repository) := known if known := cloud.field(repository, ["RepositoryName", "name"])

else := "a repository without a name"
