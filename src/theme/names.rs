//! The names that a theme file uses for categories.

use crate::catalogue::Category;

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
