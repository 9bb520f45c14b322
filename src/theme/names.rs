//! The names that a theme file uses for kinds of groups and for categories.

use crate::catalogue::Category;
use crate::topology::GroupKind;

/// Kinds of groups.
pub(super) const GROUPS: [(&str, GroupKind); 16] = [
    ("cloud", GroupKind::Cloud),
    ("account", GroupKind::Account),
    ("region", GroupKind::Region),
    ("vpc", GroupKind::Vpc),
    ("az", GroupKind::AvailabilityZone),
    ("public-subnet", GroupKind::PublicSubnet),
    ("private-subnet", GroupKind::PrivateSubnet),
    ("security-group", GroupKind::SecurityGroup),
    ("auto-scaling", GroupKind::AutoScaling),
    ("spot-fleet", GroupKind::SpotFleet),
    ("ec2-contents", GroupKind::Ec2Contents),
    ("beanstalk", GroupKind::Beanstalk),
    ("step-functions", GroupKind::StepFunctions),
    ("data-center", GroupKind::DataCenter),
    ("server-contents", GroupKind::ServerContents),
    ("generic", GroupKind::Generic),
];

/// Categories of services.
pub(super) const CATEGORIES: [(&str, Category); 22] = [
    ("analytics", Category::Analytics),
    ("application-integration", Category::ApplicationIntegration),
    ("artificial-intelligence", Category::ArtificialIntelligence),
    ("business-applications", Category::BusinessApplications),
    ("category", Category::Category),
    ("cloud-financial-management", Category::CloudFinancialManagement),
    ("compute", Category::Compute),
    ("containers", Category::Containers),
    ("customer-enablement", Category::CustomerEnablement),
    ("database", Category::Database),
    ("developer-tools", Category::DeveloperTools),
    ("end-user-computing", Category::EndUserComputing),
    ("front-end-web-mobile", Category::FrontEndWebMobile),
    ("general", Category::General),
    ("group", Category::Group),
    ("internet-of-things", Category::InternetOfThings),
    ("management-governance", Category::ManagementGovernance),
    ("media-services", Category::MediaServices),
    ("migration-modernization", Category::MigrationModernization),
    ("networking-content-delivery", Category::NetworkingContentDelivery),
    ("security-identity-compliance", Category::SecurityIdentityCompliance),
    ("storage", Category::Storage),
];
