using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using InstagramMessaging.Emulator;

namespace InstagramMessaging.Cmdlets.Session;

/// <summary>What a runspace keeps between cmdlets: its default connection and the emulators that it started. Two runspaces share nothing.</summary>
public sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    private readonly List<IgEmulator> _emulators = [];

    internal IgConnection? Connection { get; set; }

    internal IReadOnlyList<IgEmulator> Emulators => [.. _emulators];

    internal static RunspaceState Current => States.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>Ends what this runspace started; the module's <c>OnRemove</c> calls it.</summary>
    public static void Close()
    {
        RunspaceState state = Current;
        state.Connection?.Dispose();
        state.Connection = null;
        foreach (IgEmulator emulator in state.Emulators)
            state.Stop(emulator);
    }

    internal void Add(IgEmulator emulator) => _emulators.Add(emulator);

    internal void Stop(IgEmulator emulator)
    {
        _emulators.Remove(emulator);
        ((GraphEmulator)emulator.Server).Dispose();
        emulator.IsRunning = false;
    }

    internal IgEmulator? NewestEmulator => _emulators.LastOrDefault();
}
