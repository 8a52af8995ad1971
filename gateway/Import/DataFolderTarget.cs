using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Import;

/// <summary>The data folder of a stand-alone gateway, or a copy of it that is thrown away.</summary>
internal sealed class DataFolderTarget : IImportTarget
{
    private readonly WebApplication app;
    private readonly DataFolderCopy? copy;

    private DataFolderTarget(WebApplication app, string folder, DataFolderCopy? copy)
    {
        this.app = app;
        this.copy = copy;
        Description = $"the data folder {folder}";
    }

    public string Description { get; }

    /// <exception cref="StartException">It cannot be used.</exception>
    public static DataFolderTarget Open(string[] settings)
    {
        var opened = GatewayApplication.Build(settings, Standalone.AddTo).OpenStorage();
        return new DataFolderTarget(opened, opened.Services.GetRequiredService<DataFolder>().Path, copy: null);
    }

    /// <summary>Opens a copy, so that all is done as it would be done, and nothing changes.</summary>
    /// <exception cref="StartException">It cannot be used.</exception>
    public static DataFolderTarget OpenCopy(string[] settings)
    {
        // Not by building the gateway: that would make the folder.
        var folder = Path.GetFullPath(WebApplication.CreateSlimBuilder(settings).AddGatewaySettings(SettingCatalog.Standalone).Current.DataDirectory);
        var made = DataFolderCopy.Make(folder);
        try
        {
            return new DataFolderTarget(GatewayApplication.Build([.. settings, $"--DATA_DIR={made.Path}"], Standalone.AddTo).OpenStorage(), folder, made);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public async Task<ImportState> ReadAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken)
    {
        var source = app.Services.GetRequiredService<SettingsSource>();
        return new ImportState(
            source.Catalog,
            source.Reading.Environment.Values,
            await app.Services.GetRequiredService<SettingOverrides>().MergeAsync(new Dictionary<string, string?>(), cancellationToken),
            await app.Services.GetRequiredService<SqliteLedgerStore>().ListAsync(cancellationToken))
        {
            Now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            KnownFiles = await app.Services.GetRequiredService<IResourceStore>().FindFilesAsync(files, cancellationToken),
        };
    }

    public async Task WriteAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        var keys = app.Services.GetRequiredService<SqliteLedgerStore>();
        foreach (var group in plan.Keys.Added.GroupBy(key => key.Profile, key => key.Key))
        {
            await keys.ImportAsync([.. group], group.Key, cancellationToken);
        }

        await keys.AddKeysAsync([.. plan.Keys.Marked.Select(key => new StoredKey(key.Key.Key, key.Change.Apply(key.Key.Profile), null))], cancellationToken);
        await app.Services.GetRequiredService<SettingOverrides>().WriteAsync(plan.Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), cancellationToken);
        await app.Services.GetRequiredService<IResourceStore>().SaveAsync(plan.Files.ToResources(app.Services.GetRequiredService<ClientIds>()), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        copy?.Dispose();
    }
}
