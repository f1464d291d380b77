"""Builds the network of this folder for the {{board}} with FINN 0.10; README.md says how to start it.

Every step works on a qonnx ModelWrapper and returns one. model.onnx is streamlined already: its
weights and thresholds are integers. The streamlining steps find nothing to do on it, and are here for
files that still have scales.
"""

import argparse
from pathlib import Path

import finn.builder.build_dataflow as build
import finn.builder.build_dataflow_config as build_cfg
import finn.transformation.fpgadataflow.convert_to_hw_layers as to_hw
import finn.transformation.streamline.absorb as absorb
import finn.transformation.streamline.reorder as reorder
from finn.transformation.move_reshape import RemoveCNVtoFCFlatten
from finn.transformation.streamline import Streamline
from finn.transformation.streamline.collapse_repeated import CollapseRepeatedMul
from finn.transformation.streamline.round_thresholds import RoundAndClipThresholds
from finn.util.basic import alveo_default_platform
from qonnx.transformation.change_datalayout import ChangeDataLayoutQuantAvgPool2d
from qonnx.transformation.double_to_single_float import DoubleToSingleFloat
from qonnx.transformation.general import (
    ApplyConfig,
    GiveReadableTensorNames,
    GiveUniqueNodeNames,
)
from qonnx.transformation.infer_data_layouts import InferDataLayouts
from qonnx.transformation.infer_datatypes import InferDataTypes
from qonnx.transformation.infer_shapes import InferShapes
from qonnx.transformation.lower_convs_to_matmul import LowerConvsToMatMul
from qonnx.transformation.remove import RemoveIdentityOps

from verify import check

HERE = Path(__file__).resolve().parent
BOARD = "{{board}}"
CLOCK_NS = {{clock_ns}}
# Thresholds as nodes of their own; otherwise they are part of the MVAU or VVAU in front of them.
STANDALONE_THRESHOLDS = {{standalone_thresholds}}
# Only where the folding file says nothing of FIFOs: FINN then simulates to size them, which takes long.
AUTO_FIFO_DEPTHS = {{auto_fifo_depths}}
# The super logic region of an Alveo card that the first and the last node are placed in.
FIRST_SLR = 0


def tidied(model):
    """The upkeep that FINN's transformations rely on."""
    model = model.transform(GiveUniqueNodeNames())
    model = model.transform(GiveReadableTensorNames())
    return model.transform(InferDataTypes())


def step_streamline_mobilenet(model, cfg):
    """Scales move into thresholds, also past depthwise convolutions; the pool gets its channels last."""
    model = model.transform(Streamline())
    for transformation in [
        DoubleToSingleFloat(),
        reorder.MoveMulPastDWConv(),
        absorb.AbsorbMulIntoMultiThreshold(),
        ChangeDataLayoutQuantAvgPool2d(),
        InferDataLayouts(),
        reorder.MoveTransposePastScalarMul(),
        absorb.AbsorbTransposeIntoFlatten(),
        reorder.MoveFlattenPastAffine(),
        reorder.MoveFlattenPastTopK(),
        reorder.MoveScalarMulPastMatMul(),
        CollapseRepeatedMul(),
        RemoveIdentityOps(),
        RoundAndClipThresholds(),
    ]:
        model = tidied(model.transform(transformation))
    return model


def step_check_classes(model, cfg):
    """Stops a build of hours if the network does not give the classes it was exported with."""
    check(model)
    return model


def step_lower_convolutions(model, cfg):
    """Convolutions become sliding windows and matrix products, channels last."""
    model = model.transform(LowerConvsToMatMul())
    model = model.transform(absorb.AbsorbTransposeIntoMultiThreshold())
    model = model.transform(absorb.AbsorbConsecutiveTransposes())
    model = tidied(model)
    model = model.transform(RoundAndClipThresholds())
    return model.transform(InferDataLayouts())


def step_convert_to_hardware(model, cfg):
    """Operators become FINN's hardware layers."""
    model = model.transform(to_hw.InferPool())
    model = model.transform(to_hw.InferConvInpGen())
    if STANDALONE_THRESHOLDS:
        model = model.transform(to_hw.InferThresholdingLayer())
    model = model.transform(to_hw.InferVectorVectorActivation())
    model = model.transform(to_hw.InferQuantizedMatrixVectorActivation())
    # Thresholds that no MVAU or VVAU took in.
    model = model.transform(to_hw.InferThresholdingLayer())
    model = model.transform(RemoveCNVtoFCFlatten())
    model = model.transform(to_hw.InferChannelwiseLinearLayer())
    model = model.transform(to_hw.InferLabelSelectLayer())
    model = model.transform(InferShapes())
    return tidied(model)


def step_floorplan(model, cfg):
    """Spreads the nodes over the card's SLRs. A build without a floorplan works too, at a lower clock."""
    try:
        from finnexperimental.analysis.partitioning import partition

        anchors = [(0, [FIRST_SLR]), (-1, [FIRST_SLR])]
        plan = partition(
            model, cfg.synth_clk_period_ns, cfg.board, abs_anchors=anchors, multivariant=False
        )[0]
        model = model.transform(ApplyConfig(plan))
    except Exception as error:  # whatever the solver stumbles over, hours of work stand behind it
        print(f"No floorplan ({type(error).__name__}: {error}): Vitis places the nodes on its own.")
    return model


def build_steps(estimate_only, floorplan):
    steps = [
        "step_tidy_up",
        step_streamline_mobilenet,
        step_check_classes,
        step_lower_convolutions,
        step_convert_to_hardware,
        "step_create_dataflow_partition",
        "step_specialize_layers",
        "step_apply_folding_config",
        "step_minimize_bit_width",
        "step_generate_estimate_reports",
    ]
    if estimate_only:
        return steps
    return [
        *steps,
        "step_hw_codegen",
        "step_hw_ipgen",
        "step_set_fifo_depths",
        *([step_floorplan] if floorplan else []),
        "step_synthesize_bitfile",
        "step_make_pynq_driver",
        "step_deployment_package",
    ]


def build_config(args):
    alveo = BOARD in alveo_default_platform
    outputs = [build_cfg.DataflowOutputType.ESTIMATE_REPORTS]
    if not args.estimate_only:
        outputs += [
            build_cfg.DataflowOutputType.BITFILE,
            build_cfg.DataflowOutputType.PYNQ_DRIVER,
            build_cfg.DataflowOutputType.DEPLOYMENT_PACKAGE,
        ]
    shell = build_cfg.ShellFlowType
    return build_cfg.DataflowBuildConfig(
        output_dir=str(args.output),
        steps=build_steps(args.estimate_only, floorplan=alveo and not args.no_floorplan),
        generate_outputs=outputs,
        board=BOARD,
        synth_clk_period_ns=CLOCK_NS,
        shell_flow_type=shell.VITIS_ALVEO if alveo else shell.VIVADO_ZYNQ,
        vitis_platform=(args.platform or alveo_default_platform[BOARD]) if alveo else None,
        vitis_opt_strategy=build_cfg.VitisOptStrategyCfg.PERFORMANCE_BEST,
        specialize_layers_config_file=str(HERE / f"{BOARD}_specialize_layers.json"),
        folding_config_file=str(HERE / f"{BOARD}_folding_config.json"),
        auto_fifo_depths=AUTO_FIFO_DEPTHS,
        # A debugger that waits for input would keep a build at night from ending.
        enable_build_pdb_debug=False,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--estimate-only", action="store_true", help="stop after the estimate reports; needs no Vivado"
    )
    parser.add_argument("--no-floorplan", action="store_true", help="leave the placing on SLRs to Vitis")
    parser.add_argument("--platform", help="Vitis platform of the card; FINN's default if left out")
    parser.add_argument("--output", type=Path, default=HERE / "output", help="folder for what comes out")
    args = parser.parse_args()
    if build.build_dataflow_cfg(str(HERE / "model.onnx"), build_config(args)) != 0:
        raise SystemExit("The build failed; see build_dataflow.log in the output folder.")


if __name__ == "__main__":
    main()
