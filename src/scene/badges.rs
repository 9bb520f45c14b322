//! Which pictogram stands in the badge of which kind of group.

use crate::topology::GroupKind;

/// The catalogue's id of the kind's own badge; `None` for kinds that have none.
pub(super) fn badge_id(kind: GroupKind) -> Option<&'static str> {
    Some(match kind {
        GroupKind::Cloud => "aws-cloud",
        GroupKind::Account => "aws-account",
        GroupKind::Region => "region",
        GroupKind::Vpc => "vpc",
        GroupKind::PublicSubnet => "public-subnet",
        GroupKind::PrivateSubnet => "private-subnet",
        GroupKind::AutoScaling => "auto-scaling-group",
        GroupKind::SpotFleet => "spot-fleet",
        GroupKind::Ec2Contents => "ec2-instance-contents",
        GroupKind::Beanstalk => "elastic-beanstalk-container",
        GroupKind::StepFunctions => "step-functions-workflow",
        GroupKind::DataCenter => "data-center",
        GroupKind::ServerContents => "server-contents",
        GroupKind::AvailabilityZone | GroupKind::SecurityGroup | GroupKind::Generic => return None,
    })
}
