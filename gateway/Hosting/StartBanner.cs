using System.Text;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Tells on the console that the gateway runs, where, and what to do next. Shows the generated admin token, once.</summary>
internal sealed partial class StartBanner(IServer server, SettingsSource settings, IStartFacts facts, ILogger<StartBanner> logger) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var note in settings.Reading.Notes)
        {
            Log.Note(logger, note);
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var (keyCount, data, freshToken) = await facts.TakeAsync(cancellationToken);
        await Console.Out.WriteAsync(Compose([.. addresses], keyCount, data, settings.Current.AllowedTokens.Count, freshToken));
    }

    /// <param name="addresses">Where the server listens.</param>
    /// <param name="keyCount">Keys in the pool.</param>
    /// <param name="data">Where what is kept is.</param>
    /// <param name="clientTokenCount">Configured client tokens.</param>
    /// <param name="freshToken">The admin token, when it was generated just now.</param>
    public static string Compose(IReadOnlyList<string> addresses, int keyCount, string data, int clientTokenCount, string? freshToken)
    {
        var address = addresses.Count > 0 ? addresses[0] : "http://localhost:8000";
        var text = new StringBuilder();
        text.Append($"""

              GeminiBalance gateway
                listens on   {string.Join(", ", addresses)}
                OpenAI       {address}/v1
                Anthropic    {address}
                Gemini       {address}
                keys         {keyCount}
                data         {data}
                clients      {(clientTokenCount == 0 ? "the admin token alone (no ALLOWED_TOKENS)" : $"{clientTokenCount} token(s) and the admin token")}


            """);
        if (freshToken is not null)
        {
            text.Append($"""
                  Your admin token, shown this once:

                    {freshToken}

                  Keep it. It is stored as a hash only. AUTH_TOKEN in .env sets one of your own.


                """);
        }

        if (keyCount == 0)
        {
            text.Append($$"""
                  There are no Gemini API keys yet. Either put them into .env and start again:

                    API_KEYS=your-key,another-key

                  or add them now:

                    curl {{address}}/api/keys -H "Authorization: Bearer $ADMIN_TOKEN" -H "Content-Type: application/json" -d '{"keys":["your-key"]}'


                """);
        }

        if (freshToken is not null || keyCount == 0)
        {
            text.Append($$"""
                  A first call:

                    curl {{address}}/v1/chat/completions -H "Authorization: Bearer $ADMIN_TOKEN" -H "Content-Type: application/json" \
                      -d '{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"Hello"}]}'


                """);
        }

        return text.ToString();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventIds.SettingsNote, LogLevel.Information, "{Note}")]
        public static partial void Note(ILogger logger, string note);
    }
}
