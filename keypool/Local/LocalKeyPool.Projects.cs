namespace GeminiBalance.KeyPool;

/// <content>Keys of one Google project: the upstream counts their calls together, and so does the project's ledger.</content>
public sealed partial class LocalKeyPool
{
    /// <summary>Projects without keys stay, so that taking the last key out and putting it back gives nothing back.</summary>
    private readonly Dictionary<KeyId, LocalProject> projects = [];

    /// <summary>Counts the key's quotas where its profile says. What the key spent before counts for the project from this moment.</summary>
    private void JoinProject(LocalKey key, DateTimeOffset now)
    {
        var project = ProjectOf(key.Profile);
        key.Join(project);
        project?.Ledger.CountIn(key.Spent(now), now);
    }

    /// <summary>At the start. What keys spent is in their project's ledger already, as far as both were stored.</summary>
    private void RestoreProjects(StoredPool stored, DateTimeOffset now)
    {
        var snapshots = stored.Projects.ToDictionary(snapshot => new KeyId(snapshot.KeyId));
        foreach (var key in roster.All)
        {
            if (ProjectOf(key.Profile) is { } project)
            {
                key.Join(project);
            }
        }

        foreach (var (id, project) in projects)
        {
            var snapshot = snapshots.GetValueOrDefault(id);
            project.Ledger.Restore(snapshot, stored.OpenClaimUntil, now);
            if (snapshot is null)
            {
                // Its keys were told apart until now.
                foreach (var key in project.Keys)
                {
                    project.Ledger.CountIn(key.Spent(now), now);
                }
            }

            project.Ledger.CountAtLeast(project.Keys.Select(key => key.Spent(now)), now);
            if (project.Keys.FirstOrDefault() is { } first)
            {
                MarkDirty(first, isUrgent: true, now);
            }
        }
    }

    private LocalProject? ProjectOf(KeyProfile profile)
    {
        if (ProjectId.Of(profile) is not { } id)
        {
            return null;
        }

        if (!projects.TryGetValue(id, out var project))
        {
            projects.Add(id, project = new LocalProject(new KeyLedger(id, options.Ledger)));
        }

        return project;
    }
}
