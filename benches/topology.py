#!/usr/bin/env python3
"""Writes a diagram of a large cloud system, the same for the same number: benches/topology.py 5000 > 5000.toml

Users reach several regions through a CDN. A region has VPCs, each with an internet gateway on its border, a load balancer and two or three zones; a zone has a
public, an application and a data subnet. Links run along the tiers, within a VPC between zones, some to groups, to the region's bucket and to other VPCs.
"""
import random
import sys


def vpc(dice, name, region, bucket, peer):
    """Lines of one VPC with its links, how many services it has, and one of its application servers."""
    zones, width = dice.choice((2, 2, 3)), dice.randint(1, 4)
    lines = [f'[vpc.{name}]\nin = "{region}"', f'[service.{name}-igw]\nkind = "internet-gateway"\non = "{name}"',
             f'[service.{name}-alb]\nkind = "alb"\nin = "{name}"']
    links = [f'"cdn -> {name}-igw"', f'"{name}-igw -> {name}-alb"']
    first = []
    for zone in (f"{name}-{letter}" for letter in "abc"[:zones]):
        lines.append(f'[az.{zone}]\nin = "{name}"')
        for tier, kind, count in (("web", "ec2", width), ("app", "ecs", width), ("data", "rds", 1)):
            access = "public" if tier == "web" else "private"
            lines.append(f'[subnet.{zone}-{tier}]\nin = "{zone}"\naccess = "{access}"')
            lines += [f'[service.{zone}-{tier}-{i}]\nkind = "{kind}"\nin = "{zone}-{tier}"' for i in range(count)]
        links.append(f'"{name}-alb -> {zone}-web-0"')
        for i in range(width):
            links.append(f'"{zone}-web-{i} -> {zone}-app-{i}"')
            links.append(f'"{zone}-app-{i} -> {zone}-data-0"' + (' = "SQL"' if dice.random() < 0.3 else ""))
        if dice.random() < 0.15:
            links.append(f'"{name}-alb -> {zone}-app"')
        if dice.random() < 0.2:
            links.append(f'"{zone}-app-{dice.randrange(width)} -> {bucket}" = "upload"')
        if first:
            links.append(f'"{first[0]}-data-0 -> {zone}-data-0" = {{ label = "sync", style = "dashed" }}')
        first.append(zone)
    if peer and dice.random() < 0.5:
        links.append(f'"{peer} -> {first[0]}-app-0" = "peering"')
    members = ", ".join(f'"{zone}-app-0"' for zone in first)
    lines.append(f'[group.{name}-asg]\nkind = "auto-scaling"\naround = [{members}]')
    return lines, links, 2 + zones * (2 * width + 1), f"{first[0]}-app-0"


def main():
    wanted = int(sys.argv[1])
    dice = random.Random(wanted)
    lines = ['title = "A system of many services"', "[cloud.aws]", "[service.users]", '[service.cdn]\nkind = "cloudfront"\nin = "aws"']
    links, count, number, peer = ['"users -> cdn" = "HTTPS"'], 2, 0, None
    while count < wanted:
        region = f"r{number // 4}"
        if number % 4 == 0:
            lines += [f'[region.{region}]\nin = "aws"', f'[service.{region}-bucket]\nkind = "s3"\nin = "{region}"']
            links.append(f'"cdn -> {region}-bucket" = "static"')
            count += 1
        own_lines, own_links, own_count, peer = vpc(dice, f"v{number}", region, f"{region}-bucket", peer)
        lines, links, count, number = lines + own_lines, links + own_links, count + own_count, number + 1
    print("\n".join(lines + ["[links]"] + [link if " = " in link else link + ' = ""' for link in links]))


if __name__ == "__main__":
    main()
