namespace GeminiBalance.KeyPool;

/// <content>The models a key keeps state for: few, so a list; bounded, since clients may name any.</content>
public sealed partial class KeyLedger
{
    private ModelLedger? Find(string model)
    {
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            if (ledger.Model == model)
            {
                return ledger;
            }
        }

        return null;
    }

    /// <summary>Null when the key keeps live state for as many models as it may.</summary>
    private ModelLedger? AddModel(string model, long now)
    {
        if (modelCount >= options.ModelsMax && !MakeRoom(now))
        {
            return null;
        }

        if (modelCount == models.Length)
        {
            Array.Resize(ref models, Math.Max(1, 2 * modelCount));
        }

        var ledger = new ModelLedger(model);
        models[modelCount++] = ledger;
        return ledger;
    }

    private bool MakeRoom(long now)
    {
        var first = FirstDay(now);
        var kept = 0;
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            ledger.Window.Expire(now, Span);
            if (!ledger.IsIdle(now, first))
            {
                models[kept++] = ledger;
            }
        }

        if (kept == modelCount)
        {
            // A model the upstream does not offer has no quota to lose: forgetting it costs one more refused call.
            var victim = Array.FindIndex(models, 0, modelCount, ledger => ledger.UnavailableUntil > now);
            if (victim < 0)
            {
                return false;
            }

            models[victim] = models[--kept];
        }

        Array.Clear(models, kept, modelCount - kept);
        modelCount = kept;
        return true;
    }
}
