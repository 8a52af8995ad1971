using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The keys, for people: live state, adding, removing, switching on and off, verifying.</summary>
internal sealed class KeyAdministration(IKeyDirectory directory, ProjectSuspicions suspicions, IServiceProvider services)
{
    private const int PageKeysMax = 500;
    private const int PageKeysDefault = 20;
    private const int ReasonCharsMax = 200;

    public async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var state = query["state"].FirstOrDefault() ?? "all";
        if (!TryRead(query["page"], 1, int.MaxValue, out var page) || !TryRead(query["limit"], PageKeysDefault, PageKeysMax, out var limit)
            || !KeyStates.Filters.Contains(state))
        {
            await AdminAnswers.ErrorAsync(
                context,
                StatusCodes.Status400BadRequest,
                "invalid_query",
                $"page is a number from 1, limit one from 1 to {PageKeysMax}, state one of {string.Join(", ", KeyStates.Filters)}.");
            return;
        }

        var search = query["search"].FirstOrDefault() ?? "";
        var wanted = state == "all" ? null : new Func<KeyState, bool>(some => KeyStates.Matches(some, state));
        var found = await directory.PageAsync(new KeyPageQuery(search, wanted, (int)Math.Min(int.MaxValue, (page - 1L) * limit), limit), context.RequestAborted);
        var answer = new KeyPage(
            [.. found.Items.Select(key => KeyView.Of(key, suspicions.Of(key.Id)))],
            page,
            limit,
            found.Total,
            (found.Total + limit - 1) / limit,
            found.States?.ToDictionary(count => KeyStates.Name(count.Key), count => count.Value));
        await AdminAnswers.OkAsync(context, answer, AdminJson.Default.KeyPage);
    }

    /// <summary>As gemini-balance answers, but with masked keys: it hands out every key in clear.</summary>
    public async Task ListByValidityAsync(HttpContext context)
    {
        var all = await directory.ListAsync(context.RequestAborted);
        var byValidity = all.ToLookup(key => KeyStates.IsValid(key.State), key => KeyValuePair.Create($"{key.Masked} ({key.Id})", key.Failures));
        var answer = new KeyListAnswer("success", new KeyListData(byValidity[true].ToDictionary(), byValidity[false].ToDictionary()), all.Count);
        await AdminAnswers.OkAsync(context, answer, AdminJson.Default.KeyListAnswer);
    }

    public async Task AddAsync(HttpContext context)
    {
        AdminBody.Bound(context);
        ApiKeyBatch batch;
        KeyProfileInput input;
        if (context.Request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true)
        {
            using var reader = new StreamReader(context.Request.Body);
            batch = PastedKeys.Read(await reader.ReadToEndAsync(context.RequestAborted));
            input = KeyProfileInput.From(context.Request.Query);
        }
        else
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.AddKeysRequest, context.RequestAborted);
            batch = ApiKeyText.Sort((body?.Keys ?? []).Select(text => text?.Trim() ?? "")).With(PastedKeys.Read(body?.Text ?? ""));
            input = body ?? new KeyProfileInput();
        }

        var (change, problem) = input.Read();
        if (change is null)
        {
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_profile", problem!);
            return;
        }

        if (batch.Keys.Count + batch.Invalid.Count == 0)
        {
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "no_keys", "Send {\"keys\":[…]}, {\"text\":\"…\"}, or text/plain with keys in it.");
            return;
        }

        var added = (await directory.AddAsync(batch.Keys, change.Apply(new KeyProfile()), context.RequestAborted)).ToHashSet();
        var names = batch.Keys.Where(key => added.Contains(key.Id)).Select(key => new KeyName(key.Id.Value, key.Masked)).ToList();
        var known = batch.Keys.Where(key => !added.Contains(key.Id)).Select(key => key.Masked).Concat(batch.Duplicates).ToList();
        var answer = new AddedKeys(names.Count, known.Count, batch.Invalid.Count, Some(names), Some(known), Some(batch.Invalid));
        await AdminAnswers.OkAsync(context, answer, AdminJson.Default.AddedKeys);
    }

    public async Task ChangeAsync(HttpContext context)
    {
        AdminBody.Bound(context);
        var body = await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.KeyProfileInput, context.RequestAborted);
        var (change, problem) = (body ?? new KeyProfileInput()).Read();
        if (change is null)
        {
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_profile", problem!);
            return;
        }

        await AnswerAsync(context, await directory.ChangeProfileAsync(Id(context), change, context.RequestAborted), "changed");
    }

    public async Task RemoveAsync(HttpContext context) =>
        await AnswerAsync(context, await directory.RemoveAsync(Id(context), context.RequestAborted), "removed");

    public async Task EnableAsync(HttpContext context) =>
        await AnswerAsync(context, await directory.EnableAsync(Id(context), context.RequestAborted), "enabled");

    public async Task DisableAsync(HttpContext context)
    {
        AdminBody.Bound(context);
        var body = ClientBody.MayCome(context)
            ? await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.DisableRequest, context.RequestAborted)
            : null;
        var reason = body?.Reason is { Length: > 0 } given ? given[..Math.Min(given.Length, ReasonCharsMax)] : "by hand";
        await AnswerAsync(context, await directory.DisableAsync(Id(context), reason, context.RequestAborted), "disabled");
    }

    public async Task VerifyAsync(HttpContext context)
    {
        var verifier = services.GetRequiredService<KeyVerifier>();
        var (verdict, detail) = await verifier.VerifyAsync(Id(context), context.RequestAborted);
        if (verdict == KeyVerification.Unknown)
        {
            await AdminAnswers.UnknownKeyAsync(context);
            return;
        }

        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());
        await AdminAnswers.OkAsync(context, new KeyVerificationAnswer(Id(context).Value, name, detail), AdminJson.Default.KeyVerificationAnswer);
    }

    private static Task AnswerAsync(HttpContext context, bool isKnown, string done) => isKnown
        ? AdminAnswers.OkAsync(context, new KeyChangeAnswer(Id(context).Value, done), AdminJson.Default.KeyChangeAnswer)
        : AdminAnswers.UnknownKeyAsync(context);

    private static KeyId Id(HttpContext context) => new((string)context.Request.RouteValues["id"]!);

    private static bool TryRead(string? text, int defaultValue, int most, out int value)
    {
        value = defaultValue;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= most);
    }

    private static List<T> Some<T>(IReadOnlyList<T> list) => [.. list.Take(Limits.AdminListedKeysMax)];
}
