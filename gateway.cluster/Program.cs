using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Import;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;

GatewayCommand[] commands =
    [new(ImportCommand.Name, ImportCommand.Summary, options => ImportCommand.RunAsync(options, new ClusterImport(TimeProvider.System), Console.Out))];
return await GatewayStart.RunAsync(args, ClusterSettingsPage.ToMarkdown, commands, () => ClusterShape.RunAsync(args));
