using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Import;

/// <summary>The database of a cluster. Its gateways follow what others write, so nobody has to be told.</summary>
internal sealed class ClusterTarget : IImportTarget
{
    private readonly WebApplication app;
    private readonly SettingOverrides? overrides;

    private ClusterTarget(WebApplication app, bool isThere)
    {
        this.app = app;
        Description = $"the database {app.Services.GetRequiredService<MySqlAddress>()}";
        overrides = !isThere ? null : new SettingOverrides(
            app.Services.GetRequiredService<MySqlSettingsStore>(),
            app.Services.GetRequiredService<ClusterStorage>().Box,
            app.Services.GetRequiredService<SettingsSource>(),
            app.Services.GetRequiredService<ILogger<SettingOverrides>>());
    }

    public string Description { get; }

    /// <exception cref="StartException">The database cannot be used.</exception>
    public static async Task<IImportTarget> OpenAsync(string[] settings, bool isDryRun, CancellationToken cancellationToken)
    {
        var built = ClusterShape.Build(settings);
        var storage = built.Services.GetRequiredService<ClusterStorage>();
        if (isDryRun)
        {
            return new ClusterTarget(built, await storage.TryOpenAsync(cancellationToken));
        }

        await storage.OpenAsync(cancellationToken);
        return new ClusterTarget(built, isThere: true);
    }

    public async Task<ImportState> ReadAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken)
    {
        var source = app.Services.GetRequiredService<SettingsSource>();
        var environment = source.Reading.Environment.Values;
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        return overrides is null
            ? new ImportState(source.Catalog, environment, new Dictionary<string, string>(), []) { Now = now }
            : new ImportState(
                source.Catalog,
                environment,
                await overrides.MergeAsync(new Dictionary<string, string?>(), cancellationToken),
                (await app.Services.GetRequiredService<KeyRows>().ReadAsync(null, cancellationToken)).Changed)
            {
                Now = now,
                KnownFiles = await app.Services.GetRequiredService<IResourceStore>().FindFilesAsync(files, cancellationToken),
            };
    }

    public async Task WriteAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        var rows = app.Services.GetRequiredService<KeyRows>();
        foreach (var group in plan.Keys.Added.GroupBy(key => key.Profile, key => key.Key))
        {
            await rows.AddAsync([.. group], group.Key, cancellationToken);
        }

        foreach (var (key, change) in plan.Keys.Marked)
        {
            await rows.ChangeAsync(key.Key.Id, change, cancellationToken);
        }

        if (plan.Settings.Count > 0)
        {
            await overrides!.WriteAsync(plan.Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), cancellationToken);
        }

        if (plan.Files.Added.Count > 0)
        {
            await app.Services.GetRequiredService<IResourceStore>().SaveAsync(plan.Files.ToResources(app.Services.GetRequiredService<ClientIds>()), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
